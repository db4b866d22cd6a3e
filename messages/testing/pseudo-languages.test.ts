import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { readMessages } from '../catalogue.ts';
import { type Language, pickLanguage, SECTIONS } from '../index.ts';
import { type Argument, argumentsOf, parseMessage } from '../message-arguments.ts';
import { registerPseudoLanguages } from './pseudo-languages.ts';

describe('pseudo-languages', () => {
  before(registerPseudoLanguages);
  const pick = (tag: string): Language => pickLanguage([tag]);

  it('are picked by their tags', () => {
    assert.deepEqual([pick('en-XA').tag, pick('en-XA').direction], ['en-XA', 'ltr']);
    assert.deepEqual([pick('ar-XB').tag, pick('ar-XB').direction], ['ar-XB', 'rtl']);
  });

  it('are longer and strange, with values as they are', () => {
    assert.equal(pick('en-XA').t('shared.common.cancel'), '⟦Çàñçéļ öñé⟧');
    const said = pick('en-XA').t('popup.consent.heading', { vendor: 'Ada’s {shop} <b>' });
    assert.equal(said, '⟦Šĥàŕé ýöûŕ ðéţàîļš ŵîţĥ Ada’s {shop} <b>? öñé ţŵö ţĥ⟧');
    assert.match(pick('ar-XB').t('account.home.title', { name: 'Ada' }), /^⟦\u202eHello\u202c, Ada /);
  });

  it('say every message, with everything that it takes', () => {
    for (const section of SECTIONS) {
      for (const [path, text] of readMessages('en', section)) {
        const taken = [...argumentsOf(parseMessage(text))];
        const values = Object.fromEntries(taken.map(([name, { kind }]) => [name, sampleOf(kind, name)]));
        const say: (key: 'shared.common.cancel', values?: unknown) => string = pick('en-XA').t;
        const said = say(`${section}.${path}` as 'shared.common.cancel', values);
        for (const [name, { kind }] of taken)
          assert.ok(kind !== 'plain' || said.includes(`[${name}]`), `${path}: ${said}`);
      }
    }
  });
});

function sampleOf(kind: Argument['kind'], name: string): unknown {
  switch (kind) {
    case 'number':
      return 7;
    case 'date':
      return new Date(0);
    case 'tag':
      return (chunks: string[]) => chunks.join('');
    default:
      return `[${name}]`;
  }
}
