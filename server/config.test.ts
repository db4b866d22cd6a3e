import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

describe('readConfig', () => {
  it('needs no variable, because each has a default', () => {
    const config = readConfig({});
    assert.equal(config.publicUrl, 'http://localhost:4000');
    assert.equal(config.port, 4000);
    assert.equal(config.databaseUrl, undefined);
    assert.ok(Object.isFrozen(config));
  });

  it('treats empty variables as absent', () => {
    assert.equal(readConfig({ PORT: '', DATABASE_URL: '' }).port, 4000);
  });

  it('derives the public address from the port', () => {
    assert.equal(readConfig({ PORT: '4321' }).publicUrl, 'http://localhost:4321');
    assert.equal(readConfig({ PUBLIC_URL: 'https://id.example.com/' }).publicUrl, 'https://id.example.com');
  });

  it('names every bad variable in one message', () => {
    assert.throws(
      () =>
        readConfig({
          PORT: 'abc',
          PUBLIC_URL: 'https://id.example.com/path',
          DATABASE_URL: 'mysql://x',
          LOG_LEVEL: 'loud',
        }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        for (const name of ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'LOG_LEVEL'])
          assert.match(error.message, new RegExp(`\\b${name}:`));
        return true;
      },
    );
  });

  it('refuses production without an https address', () => {
    assert.throws(() => readConfig({ NODE_ENV: 'production' }), /PUBLIC_URL: required in production/);
    assert.throws(
      () => readConfig({ NODE_ENV: 'production', PUBLIC_URL: 'http://id.example.com' }),
      /PUBLIC_URL: must be https/,
    );
  });
});
