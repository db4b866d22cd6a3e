import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { partsOfPhone } from './calling-codes.ts';
import { codeOfCountry, nationalNumbers } from './national-number.ts';

/** Argentina writes a 15 into its mobile numbers, Belarus an 8 and a 0 before them. The page of a shop there says `tel-national` in vain. */
const OTHER_RULES = ['AR', 'BY'];

describe('the parts of a phone number', () => {
  it('are those of libphonenumber, which is too large for a page, in every country', () => {
    const different = getCountries().flatMap((country) => {
      const example = getExampleNumber(country, examples);
      if (!example) return [];
      const parts = partsOfPhone(example.number);
      const national = example.formatNational().replace(/\D/g, '');
      const isSame = parts?.code === getCountryCallingCode(country) && nationalNumbers(parts)[0] === national;
      return isSame ? [] : [country];
    });
    assert.deepEqual(different, OTHER_RULES);
  });
  it('have the calling code of the country, where it is listed', () => {
    const listed = getCountries().filter((country) => codeOfCountry(country));
    assert.equal(listed.length, 76);
    for (const country of listed) assert.equal(codeOfCountry(country), getCountryCallingCode(country), country);
    assert.equal(codeOfCountry(''), undefined);
  });
  it('are not guessed', () => {
    for (const number of ['', '0205550101', '+0123456789', '+31', 'phone', '+31205550101x2', undefined]) {
      assert.equal(partsOfPhone(number), undefined, String(number));
    }
  });
});
