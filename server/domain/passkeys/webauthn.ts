/** The library, loaded when somebody uses a passkey: with its parsers of certificates, it would be a tenth of a start and 20 MB. */
export const webauthn = () => import('@simplewebauthn/server');
