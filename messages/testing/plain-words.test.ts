import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pickLanguage } from '../index.ts';
import { plainWords } from './plain-words.ts';
import { registerPseudoLanguages } from './pseudo-languages.ts';

describe('words in plain letters', () => {
  registerPseudoLanguages();
  const rows: readonly [text: string, plain: string[]][] = [
    [pickLanguage(['en-XA']).t('shared.common.cancel'), []],
    [pickLanguage(['ar-XB']).t('shared.common.cancel'), []],
    [pickLanguage(['en']).t('shared.common.cancel'), ['Cancel']],
    [pickLanguage(['en-XA']).t('account.home.title', { name: 'Ada' }), []],
    ['⟦Ĥéļļö⟧ and Adam', ['and', 'Adam']],
    ['Ada Byron: https://id.example/a b@shop.example nl-NL', ['Byron']],
    ['rMp9SuMb6a609IBSOMhLqg MBFstzWvoYQCFnxiraGqgA 0d2e37-ab', []],
    ['12 × 5, 2 a', []],
  ];
  for (const [text, plain] of rows) it(JSON.stringify(text), () => assert.deepEqual(plainWords(text, ['Ada']), plain));
});
