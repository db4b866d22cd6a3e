import assert from 'node:assert/strict';
import { it } from 'node:test';
import { needsRecentSignIn } from './recent-sign-in.ts';
import { forEnvironment, forMember, forPerson, type PortalRoute } from './route.ts';

const unused = () => Promise.reject(new Error('not called'));
const IN_PRODUCTION = { recentSignIn: 'in production' } as const;

it('a recent sign-in is needed where the route says so', () => {
  const production = { environment: 'production' } as const;
  const localhost = { environment: 'localhost' } as const;
  const rows: [
    recentSignIn: PortalRoute['recentSignIn'],
    environment: typeof production | typeof localhost | undefined,
    needed: boolean,
  ][] = [
    [undefined, undefined, false],
    [false, production, false],
    [true, undefined, true],
    [true, localhost, true],
    ['in production', production, true],
    ['in production', localhost, false],
    ['in production', undefined, true],
  ];
  for (const [recentSignIn, environment, needed] of rows) {
    const route = recentSignIn === undefined ? {} : { recentSignIn };
    assert.equal(needsRecentSignIn(route, environment), needed, `${recentSignIn} ${environment?.environment}`);
  }
});

it('only a route of an environment can need it in production alone', () => {
  const routes: PortalRoute[] = [
    forEnvironment('POST', '/apps/:appId/:environment/x', 'developer', unused, IN_PRODUCTION),
    // @ts-expect-error: no environment is known here
    forMember('POST', '/apps/:appId/x', 'developer', unused, IN_PRODUCTION),
    // @ts-expect-error: nor here
    forPerson('POST', '/x', unused, IN_PRODUCTION),
  ];
  for (const route of routes) assert.equal(needsRecentSignIn(route, undefined), true, route.path);
});
