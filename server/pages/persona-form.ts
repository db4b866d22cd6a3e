import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { Persona } from '../domain/sandbox/personas.ts';
import { avatar } from './avatar.ts';
import { csrfInput } from './forms.ts';
import { isolate } from './text.ts';

export interface PersonaForm {
  action: string;
  csrf: string;
  personas: readonly Persona[];
  /** More of the form, e.g. where to go on. */
  inputs?: unknown;
}

/** The sandbox's test people, each signed in by one click; below them stands the ordinary way. */
export function personaForm({ action, csrf, personas, inputs }: PersonaForm, { tag, t }: Language): unknown {
  return html`<form
    method="post" action=${action} data-deliberate=${t('shared.common.pressAgain')}
  >${csrfInput({ csrf })}${inputs ?? nothing}<h2>${t('shared.signIn.personas')}</h2><div class="personas">
${personas.map(
  (persona) =>
    html`<button class="persona" name="persona" value=${persona.key}>${avatar(persona.name, tag)}<span
 class="grow"><b>${isolate(persona.name)}</b> <span class="small muted">${t(`shared.personaTraits.${persona.trait}`)}</span></span></button>`,
)}</div></form>
<p class="or">${t('shared.signIn.or')}</p>`;
}
