"""Takes the network away from a process, for good: a filter of system calls (seccomp, Linux on x86_64 and aarch64).

Making a socket fails with EACCES unless it is a Unix one, and so does io_uring, which could make one past the filter.
Holds for everything the process starts. Knows nothing of why.
"""

import ctypes
import errno
import platform
import socket
import struct
import sys
from dataclasses import dataclass

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2  # PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER
_IO_URING_SETUP = 425  # the same number on both

# Where things lie in `struct seccomp_data`; the first argument is 64 bits wide, its lower half comes first.
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16

# Classic BPF (linux/bpf_common.h): load a word; compare and jump over so many instructions; return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EACCES
_X32 = 0x40000000
"""Numbers from here on are those of the x32 calls, which x86_64 kernels may offer as well."""


@dataclass(frozen=True, slots=True)
class _Machine:
    """What is different from one kind of processor to the other: its name in seccomp, the number of `socket`."""

    name: int
    socket: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 41), "aarch64": _Machine(0xC00000B7, 198)}


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def shut_network() -> bool:
    """Takes the network from this process and its future children. Whether it could: elsewhere nothing changes."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 1 << 32:
        return False
    filtering = _filter(machine)
    program = _Program(len(filtering) // 8, filtering)
    system = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    if system.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero) != 0:
        return False
    return bool(system.prctl(_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), zero, zero) == 0)


def _filter(machine: _Machine) -> bytes:
    """The instructions. Calls of 32-bit programs, which have other numbers, are refused altogether."""
    return b"".join(
        struct.pack("<HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, _ARCHITECTURE),
            (_EQUAL, 0, 7, machine.name),  # else refused
            (_LOAD, 0, 0, _NUMBER),
            (_AT_LEAST, 5, 0, _X32),
            (_EQUAL, 4, 0, _IO_URING_SETUP),
            (_EQUAL, 0, 2, machine.socket),  # else allowed
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_EQUAL, 0, 1, socket.AF_UNIX),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        )
    )
