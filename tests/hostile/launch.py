"""Run a command under limits and write down what it took: ``launch.py RECORD ADDRESSES SECONDS COMMAND …``.

A process inherits the peak memory of the one that started it, so a small one stands between a test and its command.
"""

import os
import resource
import sys


def main():
    record, addresses, seconds, *command = sys.argv[1:]
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_AS, (int(addresses), int(addresses)))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.execv(command[0], command)
    _process, status, usage = os.wait4(process, 0)
    with open(record, "w") as file:
        file.write(f"{os.waitstatus_to_exitcode(status)} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}")


main()
