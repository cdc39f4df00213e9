# Shared by every script here: where the repository is, and how to speak to the person who runs them.
# shellcheck shell=bash
# shellcheck disable=SC2034  # ROOT is used by the scripts that read this file.
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

# Says what is being done.
say() { printf '==> %s\n' "$*" >&2; }

# Says in one line what is wrong and what to do about it, then stops.
fail() {
    printf '错误:%s\n' "$*" >&2
    exit 1
}
