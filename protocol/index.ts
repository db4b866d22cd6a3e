export * from './claims.ts';
export * from './credential.ts';
export * from './environment.ts';
export * from './error-codes.ts';
export * from './popup-message.ts';
export * from './popup-request.ts';
export * from './user.ts';
