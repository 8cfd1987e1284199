# ./platform for PowerShell. The command is a bash script: on Windows it runs in WSL, elsewhere in the bash of the system.
# Windows PowerShell 5.1 has no $IsWindows; whatever has none is Windows.
$onWindows = ($PSVersionTable.PSVersion.Major -lt 6) -or $IsWindows

if (-not $onWindows) {
    & bash "$PSScriptRoot/platform" @args
    exit $LASTEXITCODE
}

$script = $null
if (Get-Command wsl.exe -ErrorAction SilentlyContinue) {
    # Also the proof that there is a distribution to run it: wsl.exe alone comes with Windows.
    $script = & wsl.exe -e wslpath -a "$($PSScriptRoot -replace '\\', '/')/platform" 2>$null
    if ($LASTEXITCODE -ne 0) { $script = $null }
}
if (-not $script) {
    [Console]::Error.WriteLine(@"
./platform is a bash script and runs on Windows in WSL only, which is not installed here, or has no distribution.
Install it:  wsl --install -d Ubuntu
Then, in WSL:  sudo apt-get update && sudo apt-get install -y git dotnet-sdk-10.0, and run the same command again.
Or open the clone in its dev container (.devcontainer/), which has both.
"@)
    exit 2
}

# What Windows has in these variables is meant for the command; /p translates a path.
$passed = 'PULUMI_CONFIG_PASSPHRASE/u', 'PULUMI_CONFIG_PASSPHRASE_FILE/up', 'PulumiSdk/u', 'PLATFORM_TODAY/u', 'PLATFORM_LOCK_TIMEOUT/u', 'NO_COLOR/u'
$env:WSLENV = (@($env:WSLENV) + $passed | Where-Object { $_ }) -join ':'
& wsl.exe -e bash "$script" @args
exit $LASTEXITCODE
