import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the shop's popups go. */
export interface Addresses {
  readonly platform: string;
  readonly clientId: string;
  readonly bare: string;
}

/** Who opens a popup, by the path of the shop's page that does it. */
export const OPENERS = {
  element: 'the element',
  'oidc-client-ts': 'oidc-client-ts',
  bare: 'a bare page',
} as const;

export type Opener = keyof typeof OPENERS;

const OIDC_CLIENT = readFileSync(
  fileURLToPath(import.meta.resolve('oidc-client-ts')).replace(
    /oidc-client-ts\/dist\/.*/,
    'oidc-client-ts/dist/browser/oidc-client-ts.min.js',
  ),
);

/** What a shop answers to each path. Its pages note when the click was, and when the answer was there, by the clock of the machine. */
export function shopAnswer(path: string, addresses: Addresses): { type: string; body: string | Buffer } | undefined {
  if (path === '/oidc-client-ts.js') return { type: 'text/javascript', body: OIDC_CLIENT };
  const page = PAGES[path.slice(1)];
  return (
    page && {
      type: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="en"><title>Shop</title>${NOTES}${page(addresses)}`,
    }
  );
}

const NOTES = `<script>
  const answersAtMs = [];
  let clickedAtMs;
  const nowMs = () => performance.timeOrigin + performance.now();
  const answered = () => answersAtMs.push(nowMs());
  addEventListener('click', (event) => { clickedAtMs = performance.timeOrigin + event.timeStamp; }, true);
</script>`;

const PAGES: Readonly<Record<string, (addresses: Addresses) => string>> = {
  element: ({ platform, clientId }) => `<script>addEventListener('signup-success', answered);</script>
<signup-with-platform client-id="${clientId}" fields="email"></signup-with-platform>
<script type="module" src="${platform}/widget.js"></script>`,

  // As its documentation begins, with the code flow and PKCE, which is what it has.
  'oidc-client-ts': (addresses) => `<script src="/oidc-client-ts.js"></script>
<button>Sign up</button>
<script>
  const manager = new oidc.UserManager(${managerSettings(addresses)});
  document.querySelector('button').onclick = () => manager.signinPopup().then(answered);
</script>`,
  callback: (addresses) => `<script src="/oidc-client-ts.js"></script>
<script>new oidc.UserManager(${managerSettings(addresses)}).signinPopupCallback();</script>`,

  bare: ({ bare }) => `<button>Sign up</button>
<script>
  addEventListener('message', ({ data }) => { if (data === 'bare') answered(); });
  const isNew = new URLSearchParams(location.search).has('new');
  const address = '${bare}' + (isNew ? '/page' : '/answer') + '?opener=' + encodeURIComponent(location.origin);
  document.querySelector('button').onclick = () => open(address, '_blank', 'popup,width=480,height=680');
</script>`,
};

function managerSettings({ platform, clientId }: Addresses): string {
  return `{
    authority: '${platform}', client_id: '${clientId}', redirect_uri: location.origin + '/callback', scope: 'openid email',
  }`;
}

/** The baseline: a page that is one line, and one that answers its opener as soon as it is loaded. */
export function bareAnswer(path: string): string {
  if (path === '/page') return '<!doctype html><title>bare</title><h1>Sign in</h1>';
  return `<!doctype html><title>bare</title><script>
  opener.postMessage('bare', new URL(location.href).searchParams.get('opener'));
  close();
</script>`;
}
