/** A setting that nobody can start with: its message names it. */
export class ConfigError extends Error {}
