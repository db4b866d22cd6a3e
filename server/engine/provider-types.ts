/** The oidc-provider types that rooms above the engine use, so that only the engine imports the package. */
export type { default as Provider, ErrorOut, errors, KoaContextWithOIDC } from 'oidc-provider';
