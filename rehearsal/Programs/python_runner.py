# Runs a Pulumi program as the CLI's Python host does: tells the SDK what the engine has put into the environment, then runs the program inside a stack.
import asyncio
import logging
import os
import runpy
import sys
import traceback

try:
    import pulumi
    import pulumi.runtime
except ImportError as missing:
    print(f"{sys.executable} cannot import the package 'pulumi': {missing}. "
          f"Install the program's packages: {sys.executable} -m pip install -r requirements.txt", file=sys.stderr)
    sys.exit(1)


def given(name):
    return os.environ.get("PULUMI_" + name)


def settings():
    known = {
        "monitor": given("MONITOR"),
        "engine": given("ENGINE"),
        "project": given("PROJECT"),
        "stack": given("STACK"),
        "parallel": int(given("PARALLEL") or 0),
        "dry_run": given("DRY_RUN") == "true",
    }
    # Settings that older SDKs do not have
    for newer in ({"organization": given("ORGANIZATION"), "root_directory": given("ROOT_DIRECTORY")}, {"organization": given("ORGANIZATION")}, {}):
        try:
            return pulumi.runtime.Settings(**known, **newer)
        except TypeError:
            if not newer:
                raise


pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
pulumi.runtime.configure(settings())
program = sys.argv[1]
sys.argv = sys.argv[1:]
# What was not awaited when a program fails is of no interest to anybody
logging.getLogger("asyncio").setLevel(logging.CRITICAL)
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
successful = False
try:
    loop.run_until_complete(pulumi.runtime.run_in_stack(lambda: runpy.run_path(program, run_name="__main__")))
    successful = True
except pulumi.RunError as error:
    pulumi.log.error(str(error))
except Exception:
    pulumi.log.error("Program failed with an unhandled exception:\n" + traceback.format_exc())
finally:
    loop.close()
    sys.stdout.flush()
    sys.stderr.flush()
sys.exit(0 if successful else 32)
