import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { partsOfStreet } from './street.ts';

/** By line and country: street, number, addition, number with addition. */
const ROWS: readonly (readonly [string, string, string, string, string, string])[] = [
  ['12 Canal Street', 'NL', 'Canal Street', '12', '', '12'],
  ['Keizersgracht 1', 'NL', 'Keizersgracht', '1', '', '1'],
  ['Keizersgracht 12-A', 'NL', 'Keizersgracht', '12', 'A', '12A'],
  ['1e Hugo de Grootstraat 5 hs', 'NL', '1e Hugo de Grootstraat', '5', 'hs', '5 hs'],
  ['Straße des 17. Juni 135', 'DE', 'Straße des 17. Juni', '135', '', '135'],
  ['Hauptstraße 12a', 'DE', 'Hauptstraße', '12', 'a', '12a'],
  ['Calle Mayor 5, 3º B', 'ES', 'Calle Mayor', '5', '3º B', '5-3º B'],
  ['Rua Augusta nº 100', 'BR', 'Rua Augusta', '100', '', '100'],
  ['8 rue des Lilas', 'FR', 'rue des Lilas', '8', '', '8'],
  ['5 bis, rue de Lyon', 'FR', 'rue de Lyon', '5', 'bis', '5 bis'],
  ['350 5th Ave', 'US', '5th Ave', '350', '', '350'],
  ['١٧ شارع النيل', 'EG', 'شارع النيل', '١٧', '', '١٧'],
  ['Landhaus Sonnenhof', 'AT', 'Landhaus Sonnenhof', '', '', ''],
];

describe('a street line', () => {
  for (const [line, country, street, number, addition, house] of ROWS) {
    it(`${line} (${country})`, () => {
      assert.deepEqual(partsOfStreet(line, country), { street, number, addition, house });
    });
  }
});
