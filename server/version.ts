import root from '../package.json' with { type: 'json' };

/** The version of this installation, which stands in the root's package.json alone. */
export const VERSION: string = root.version;
