/** The types of oidc-provider that rooms above the engine speak of: which package it is, they need not know. */
export type { default as Provider, ErrorOut, errors, KoaContextWithOIDC } from 'oidc-provider';
