import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { Environment } from '@signup-with-platform/protocol';
import { flaskIcon, globeIcon, laptopIcon } from '../../pages/icons.ts';
import { slugOf } from '../../portal/environment-slug.ts';

const ICONS: Readonly<Record<Environment, unknown>> = {
  localhost: laptopIcon,
  'development:sandbox': flaskIcon,
  production: globeIcon,
};

/** The name of an environment, told apart by colour, filling and icon: nobody takes production for a test. */
export function environmentBadge({ t }: Pick<Language, 't'>, environment: Environment): unknown {
  const name = t(`vendor.app.environments.${environment}`);
  return html`<span class="env" data-env=${slugOf(environment)}>${ICONS[environment]}<span>${name}</span></span>`;
}

/** The badge, and who signs up there: beside the heading of each page about the environment. */
export function environmentMark(language: Pick<Language, 't'>, environment: Environment): unknown {
  const people = language.t(`vendor.overview.people.${environment}`);
  return html`<p class="where">${environmentBadge(language, environment)} <span class="small muted">${people}</span></p>`;
}
