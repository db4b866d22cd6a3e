import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAppropriate } from './appropriate.ts';

const list = (text: string) => text.trim().split(/\s*[\n;]\s*|\s+/);

/** Given names, surnames and places that meet offensive words, from many languages. */
const REAL_NAMES = list(`
  Scunthorpe Cockburn Dick Penistone Sussex Middlesex Essex Arsenault Assange Cummings Hancock Niger Nigeria Shitake Phuc Bich Kok Fanny
  Randy Gay Hore Weiner Butts Nga Dong Wang Johnson Willy Peter Dickson Dickinson Dickens Babcock Hitchcock Woodcock Glasscock Titus
  Tittle Lipschitz Fuchs Fukuda Fukushima Fučík Kuntz Kunt Kant Sluter Slutsky Slutskaya Analise Analía Cassandra Bassett Massey Grass
  Dyke Fagan Fagin Gooch Cox Cocks Coker Bangs Balls Semen Puta Matsushita Takeshita Kinoshita Wankel Hoare Hooker Cooter Bumgarner
  Bastardo Bastarache Raper Pissarro Pissarides Dumas Beaver Pusey Gaylord Kumar Aas Assam Dago Gook Krauthammer Kikelomo Negroponte
  Negro Montenegro Arsène Arsenio Harshit Akshit Rishit Dikshit Siriporn Pornchai Anushka Anush Georgy Dildora Gasmi Turdiyev Fu Abo
  Shittu Dickie Uranus Manus Janus Nigel Niggemann Vagn Assunta Horst Titov Сергей Гліб Анус محمد 福田 Đỗ Nguyễn Łukasz Søren O'Brien
`);

const OFFENSIVE = [
  'fuck',
  'FUCK',
  'FuCkYoU',
  'fuuuuck',
  'f*ck',
  'f**k',
  'f.u.c.k',
  'f_u_c_k',
  'F U C K',
  'fück',
  'ƒuck',
  'ｆｕｃｋ',
  'fuсk',
  'phuck',
  'go fuck yourself',
  'motherfucker',
  'fuckface',
  'shit',
  'sh1t',
  'sh!t',
  '5hit',
  'shiit',
  'the.shit',
  'shit123',
  'bullshit',
  'shithead',
  'John Shithead',
  'cunt',
  'xx_cunt_xx',
  'nigger',
  'n1gger',
  'nigga',
  'faggot',
  'f4ggot',
  'fag',
  'bitch',
  'b1tch',
  'biiitch',
  'asshole',
  'a55hole',
  '@sshole',
  'a$$hole',
  'ass',
  'arsehole',
  'cock',
  'c0ck',
  'cock69',
  'BigCock',
  'big_cock',
  'cocksucker',
  'dickhead',
  'whore',
  'wh0re',
  'slut',
  'wanker',
  'wank',
  'bastard',
  'retard',
  'twat',
  'pussy',
  'tranny',
  'kike',
  'spic',
  'chink',
  'penis',
  '69penis69',
  'vagina',
  'blowjob',
  'bollocks',
  'prick',
  'douchebag',
  'jackass',
  'dumbass',
  'nazi',
  'hitler',
  'rapist',
  'cum',
  'cumshot',
  'jizz',
  'dildo',
  'tits',
  'boobs',
  'masturbate',
  'porn',
  '🖕',
  'Jane 🖕',
];

describe('what is appropriate', () => {
  it('has enough of both to be believed', () => assert.ok(REAL_NAMES.length >= 60 && OFFENSIVE.length >= 30));

  for (const name of REAL_NAMES) {
    it(`${name} is a name`, () => {
      for (const written of [
        name,
        name.toUpperCase(),
        name.toLowerCase(),
        `Jane ${name}`,
        `${name}-Doe`,
        `${name} Doe`,
      ]) {
        assert.ok(isAppropriate(written), written);
      }
    });
  }

  for (const word of OFFENSIVE) it(`${word} is none`, () => assert.ok(!isAppropriate(word)));
});
