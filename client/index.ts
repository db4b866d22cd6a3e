export type {
  AddressClaim,
  CredentialPayload,
  Environment,
  IdTokenAlg,
  User,
  WebhookEvent,
  WebhookEventType,
} from '@signup-with-platform/protocol';
export { createClient, createClient as default, type PlatformClient } from './create-client.ts';
export {
  type EmbeddedSignupOptions,
  embeddedSignup,
  type SignupHandler,
  type SignupUser,
} from './embedded-signup/embedded-signup.ts';
export { toExpress, toFastify, toNode } from './embedded-signup/frameworks.ts';
export { SignupRefused } from './embedded-signup/signup-refused.ts';
export type { SignupRequest } from './embedded-signup/signup-request.ts';
export { CREDENTIAL_ERRORS, CredentialError, type CredentialErrorCode, InvalidOptionError } from './errors.ts';
export type { ApiPromise, ApiResponse } from './http/api-promise.ts';
export type { ClientOptions, RequestOptions } from './http/settings.ts';
export type { Fetch } from './key-sets.ts';
export {
  AppDisabledError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  type FailedRule,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  PlatformError,
  type PlatformErrorDetails,
  PreconditionFailedError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
} from './platform-error.ts';
export type { Auth, SignedInUser } from './resources/auth.ts';
export type { AppEvent, EventPage, EventQuery, Events } from './resources/events.ts';
export type { List } from './resources/list.ts';
export type { SignInToken, Tokens } from './resources/tokens.ts';
export type { CreationOptions, NewUser, UserChanges } from './resources/user.ts';
export type { ListQuery, UserList, UserPage } from './resources/user-list.ts';
export type { CreateOptions, UpdateOptions, Users } from './resources/users.ts';
export { verifyCredential } from './verify-credential.ts';
export { type LoginPost, type VerifyLoginPostOptions, verifyLoginPost } from './verify-login-post.ts';
export { type LogoutToken, type VerifyLogoutTokenOptions, verifyLogoutToken } from './verify-logout-token.ts';
export type { VerifyCredentialOptions } from './verify-options.ts';
export type { WebhookRequest } from './webhooks/read-delivery.ts';
export { type ReceivedWebhook, type VerifyWebhookOptions, verifyWebhook } from './webhooks/verify-webhook.ts';
export { WEBHOOK_ERRORS, WebhookError, type WebhookErrorCode } from './webhooks/webhook-error.ts';
