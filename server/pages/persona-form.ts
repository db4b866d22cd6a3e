import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { Persona } from '../domain/sandbox/personas.ts';
import { avatar } from './avatar.ts';
import { csrfInput, formFrame } from './forms.ts';
import { isolate } from './text.ts';

export interface PersonaForm {
  /** What the addresses of both forms begin with. */
  base: string;
  csrf: string;
  personas: readonly Persona[];
  /** More of the form, e.g. where to go on. */
  inputs?: unknown;
}

/** The sandbox's test people, each signed in by one click, and the way to get fresh ones; below them stands the ordinary way. */
export function personaForm(form: PersonaForm, language: Language): unknown {
  const { base, csrf, personas, inputs } = form;
  const { tag, t } = language;
  return html`<form
    method="post" action="${base}/persona" data-deliberate=${t('shared.common.pressAgain')}
  >${csrfInput({ csrf })}${inputs ?? nothing}<h2>${t('shared.signIn.personas')}</h2><div class="personas">
${personas.map(
  (persona) =>
    html`<button class="persona" name="persona" value=${persona.key}>${avatar(persona.name, tag)}<span
 class="grow"><b>${isolate(persona.name)}</b> <span class="small muted">${t(`shared.personaTraits.${persona.trait}`)}</span></span></button>`,
)}</div></form>
${startOverForm(form, language)}
<p class="or">${t('shared.signIn.or')}</p>`;
}

/** Deletes the test people of this browser, so that the next click gets a fresh one. */
function startOverForm({ base, csrf, inputs }: PersonaForm, { t }: Language): unknown {
  return formFrame(
    { action: `${base}/start-over`, csrf, layout: 'small muted below' },
    html`${inputs ?? nothing}${t('shared.signIn.personasOwn')} <button class="link">${t('shared.signIn.startOver')}</button>`,
  );
}
