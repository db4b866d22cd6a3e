/** The npm package. Importing it registers the element; on a server it has no side effect. */
import './signup-with-platform.define.ts';

export type { SignupFailure, SignupState, SignupUser } from './attempt/signup-flow.ts';
export type {
  FilledControl,
  SignupCancelEvent,
  SignupErrorEvent,
  SignupEventDetails,
  SignupStartEvent,
  SignupSuccessDetail,
  SignupSuccessEvent,
} from './events.ts';
export type { SignupAttributes, SignupEvents, SignupListeners } from './frameworks/attributes.ts';
export { SignupWithPlatform } from './signup-with-platform.ts';
