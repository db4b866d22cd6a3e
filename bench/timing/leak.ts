/** By which a request tells servers/leaking-platform.ts how much longer it takes, in milliseconds. */
export const LEAK_HEADER = 'x-bench-leak-ms';
