@rem ./platform for cmd.exe: see platform.ps1.
@powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0platform.ps1" %*
@exit /b %ERRORLEVEL%
