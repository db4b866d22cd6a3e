import { say } from './say.ts';

/** What `/docs/your-apps` says of one environment of an app. */
interface YourApp {
  name: string;
  environment: string;
  client_id: string;
  issuer: string;
  origin?: string;
}

const CHOICE_KEY = 'docs:client-id';

/** Fills the examples in with an app of whoever is signed in; who has several picks one. Signed out, the placeholders stay. */
export async function fillInYourApp(): Promise<void> {
  const places = [...document.querySelectorAll<HTMLElement>('[data-fill]')];
  const placeholders = new Map(places.map((place) => [place, place.textContent]));
  const box = document.querySelector<HTMLElement>('[data-your-apps]');
  if (places.length === 0) return;
  const response = await fetch('/docs/your-apps', { headers: { accept: 'application/json' } });
  if (!response.ok) return;
  const { signed_in: signedIn, apps } = (await response.json()) as { signed_in: boolean; apps: YourApp[] };
  if (box) box.dataset['yourApps'] = signedIn ? (apps.length === 0 ? 'none' : 'some') : 'signed-out';
  if (apps.length === 0) return;
  const fill = (app: YourApp) => {
    const values: Record<string, string | undefined> = {
      'client-id': app.client_id,
      environment: app.environment,
      issuer: app.issuer,
      origin: app.origin,
    };
    // Of an app without an origin, the placeholder is shown, and not the app's before.
    for (const [place, placeholder] of placeholders)
      place.textContent = values[place.dataset['fill'] ?? ''] ?? placeholder;
  };
  const chosen = apps.find((app) => app.client_id === sessionStorage.getItem(CHOICE_KEY)) ?? apps[0];
  if (chosen) fill(chosen);
  const select = box?.querySelector('select');
  if (!select) return;
  select.replaceChildren(
    ...apps.map((app) => new Option(`${app.name} · ${app.environment}`, app.client_id, false, app === chosen)),
  );
  select.addEventListener('change', () => {
    const app = apps.find((each) => each.client_id === select.value);
    if (!app) return;
    sessionStorage.setItem(CHOICE_KEY, app.client_id);
    fill(app);
    say(`The examples are filled in for ${app.name}, ${app.environment}`);
  });
}
