/** Exit codes of every command (interface: "Command line"). */
export const EXIT = Object.freeze({ done: 0, failed: 1, wrongUse: 2 });

/** Thrown by a command where the words of the command line are at fault, not the work: exit code 2. */
export class UsageError extends Error {}

/** Thrown by a command that has said by itself what went wrong and only has to end with code 1. */
export class CommandFailed extends Error {}
