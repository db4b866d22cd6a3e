import createClient, {
  CredentialError,
  embeddedSignup,
  PlatformError,
  SignupRefused,
  verifyCredential,
} from '@signup-with-platform/client';
import { mistakePage, pageHeaders, signUpPage, welcomePage } from './pages.ts';
import type { ShopSettings } from './settings.ts';
import { Visits } from './visits.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The sign-up without a web framework: the page, the form that comes back, and the embedded sign-up endpoint. */
export function createShop(settings: ShopSettings) {
  const { clientId, issuer, secretKey, platformUrl, signupKey } = settings;
  const platform = createClient(secretKey, { baseUrl: platformUrl, timeoutMs: 3_000 });
  const visits = new Visits();
  const headers = pageHeaders(settings);
  const customers = new Map<string, { userName: string }>();

  return {
    showForm(): Answer {
      const { cookie, nonce } = visits.begin();
      return { status: 200, headers: { ...headers, 'set-cookie': cookie }, body: signUpPage(settings, nonce) };
    },

    /** @param credential the form's field, which may hold anything */
    async register(credential: unknown, cookieHeader: string | undefined): Promise<Answer> {
      const nonce = visits.takeNonce(cookieHeader);
      if (nonce === undefined) {
        return { status: 400, headers, body: mistakePage('This form was sent before, or was open for too long.') };
      }
      try {
        const { iss, sub, is_new_user } = await verifyCredential(credential, { clientId, issuer, nonce });
        // Here you find or create your own user, by `iss` + `sub` and never by the email address.
        customers.set(`${iss} ${sub}`, { userName: sub });
        const user = await platform.users.get(sub);
        return { status: 200, headers, body: welcomePage(user, is_new_user) };
      } catch (error) {
        if (!(error instanceof CredentialError || error instanceof PlatformError)) throw error;
        console.warn(`sign-up refused: ${error.code}`, error.hint);
        const isTheirs = error instanceof CredentialError && error.code !== 'keys_unavailable';
        const why = error.code === 'expired' ? 'That took a while. ' : '';
        return { status: isTheirs ? 400 : 503, headers, body: mistakePage(`${why}Please press the button again.`) };
      }
    },

    /** The platform calls this when a person signs up for this shop at the platform. */
    signup: embeddedSignup(
      ({ userName, firstName, language }) => {
        const id = userName.toLowerCase();
        if (customers.has(id)) {
          const isDutch = /^nl\b/i.test(language);
          throw new SignupRefused(isDutch ? 'Dit account bestaat al.' : 'This account exists.', 'user_exists', 409);
        }
        customers.set(id, { userName });
        return { id, firstName, userName };
      },
      { apiKey: signupKey },
    ),
  };
}
