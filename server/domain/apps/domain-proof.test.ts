import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { FairQueue } from '../../load/fair-queue.ts';
import { Place } from '../../load/place.ts';
import { checkDomain, needsProof, newProof, problemOfFile, proofsFor, withCheck } from './domain-proof.ts';

const SHOP = 'https://shop.example';
const ELM = 'https://elm.example';
const NONE = { origins: [], redirectUris: [], postLogoutRedirectUris: [], domains: [] };
const hostsOf = (domains: readonly { host: string }[]) => domains.map(({ host }) => host);

describe('the proof of a domain', () => {
  it('is needed in production, of a platform with real people', () => {
    assert.equal(needsProof('production', 'https://id.example'), true);
    assert.equal(needsProof('development:sandbox', 'https://id.example'), false);
    assert.equal(needsProof('localhost', 'https://id.example'), false);
    assert.equal(needsProof('production', 'http://localhost:4000'), false);
  });

  it('is asked for once for all addresses of a host', () => {
    const after = [SHOP, `${SHOP}:8443`, `${SHOP}/back`, `${ELM}/back`];
    const domains = proofsFor(NONE, after);
    assert.deepEqual(hostsOf(domains), ['shop.example', 'elm.example']);
    assert.deepEqual(proofsFor({ ...NONE, origins: [SHOP], domains }, after), domains, 'tokens stay');
  });

  it('is not asked of a host that was there before there were proofs, until it has been gone', () => {
    assert.deepEqual(proofsFor({ ...NONE, origins: [SHOP] }, [SHOP, `${SHOP}/back`]), []);
    assert.deepEqual(hostsOf(proofsFor({ ...NONE, origins: [SHOP] }, [SHOP, ELM])), ['elm.example']);
    assert.deepEqual(hostsOf(proofsFor(NONE, [SHOP])), ['shop.example']);
  });

  it('does not outlive the addresses of its host', () => {
    const domains = [{ host: 'shop.example', token: 't', provenAt: 1 }];
    assert.deepEqual(proofsFor({ ...NONE, origins: [SHOP], domains }, []), []);
  });

  it('covers no other host, above or below', () => {
    const domains = [{ host: 'shop.example', token: 't', provenAt: 1 }];
    const [, ...others] = proofsFor({ ...NONE, origins: [SHOP], domains }, [
      SHOP,
      'https://www.shop.example',
      'https://example',
    ]);
    assert.ok(others.length === 2 && others.every(({ provenAt }) => provenAt === undefined));
  });

  it('has a token of its own for each environment', () => {
    const [one, another] = [newProof('shop.example').token, newProof('shop.example').token];
    assert.match(one, /^signup-with-platform=[\w-]{22}$/);
    assert.notEqual(one, another);
  });

  it('is a file with the token and nothing else', () => {
    const file = (text: string, status = 200) =>
      ({
        outcome: 'answered',
        status,
        headers: {},
        body: Buffer.from(text),
        isCut: false,
        receivedAtMs: 0,
        tookMs: 0,
      }) as const;
    assert.equal(problemOfFile(file('t'), 't'), undefined);
    assert.equal(problemOfFile(file('\ufefft\r\n'), 't'), undefined, 'as an editor saves it');
    assert.equal(problemOfFile(file('<p>t</p>'), 't'), 'mismatch');
    assert.equal(problemOfFile(file('t', 404), 't'), 'status', 'a page that repeats its address');
    assert.equal(problemOfFile(file('t', 302), 't'), 'status', 'a redirect is another host’s word');
    assert.equal(problemOfFile({ outcome: 'unreachable' }, 't'), 'unreachable');
    assert.equal(problemOfFile({ outcome: 'certificate', code: 'CERT_HAS_EXPIRED' }, 't'), 'certificate');
    assert.equal(problemOfFile({ outcome: 'failed', reason: 'timeout', tookMs: 0 }, 't'), 'broken');
  });

  it('is kept with what was found, unless the token has changed meanwhile', () => {
    const domain = newProof('shop.example');
    const [failed] = withCheck([domain], domain, { proven: false, problem: 'mismatch' });
    assert.equal(failed?.problem, 'mismatch');
    assert.ok(failed?.checkedAt && failed.provenAt === undefined);
    const [proven] = withCheck([failed ?? assert.fail()], domain, { proven: true, by: 'dns' });
    assert.ok(proven?.provenAt && proven.problem === undefined);
    const [other] = withCheck([{ ...domain, token: 'another' }], domain, { proven: true, by: 'file' });
    assert.equal(other?.provenAt, undefined);
  });

  it('takes no place among the requests while a name server thinks, which whoever asks may have chosen', async (test) => {
    const queue = new FairQueue('too much to do', { concurrency: 1, maxWaiting: 1 });
    const places: boolean[] = [];
    const server = createSocket('udp4', (query, { port, address }) => {
      places.push(queue.enterAtOnce());
      queue.leave();
      // The same as an answer (RFC 1035 section 4.1.1): there is no such name.
      query.writeUInt16BE(0x8183, 2);
      server.send(query, port, address);
    });
    await once(server.bind(0, '127.0.0.1'), 'listening');
    const before = dns.getServers();
    dns.setServers([`127.0.0.1:${server.address().port}`]);
    test.after(() => {
      dns.setServers(before);
      server.close();
    });
    queue.enterAtOnce();
    const check = new Place(queue, () => 'a').run(() => checkDomain(newProof('10.0.0.1'), 'https://id.example'));
    assert.deepEqual(await check, { proven: false, problem: 'unreachable' });
    assert.deepEqual(places, [true]);
  });
});
