import type { ScriptData } from '#pages/scripts/read-data.ts';

/** Chromium's, in windows that it opened for FedCM (FedCM section 2.5). */
interface IdentityProviderApi {
  resolve(token: string, options: { accountId: string }): Promise<void>;
  close(): void;
}

/**
 * Runs in the browser, on the last page of a window that the browser opened for FedCM: hands over the credential, or says that there will
 * be none. The browser closes the window, and knows which page it was for; in any other window nothing is handed to anybody.
 */
export function resolveFedcm({ message }: ScriptData): void {
  const root = document.documentElement;
  const { IdentityProvider } = window as unknown as { IdentityProvider?: IdentityProviderApi };
  const { credential, accountId } = message as { credential?: string; accountId?: string };
  if (!IdentityProvider) root.dataset.delivery = 'unreachable';
  else if (credential && accountId)
    IdentityProvider.resolve(credential, { accountId }).catch(() => {
      root.dataset.delivery = 'unreachable';
    });
  else IdentityProvider.close();
}
