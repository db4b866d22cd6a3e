/**
 * Prints each failure, and `N passed, N failed` as the last line that is not blank. A test file that does not load, or that has an uncaught
 * error, counts as a failure.
 *
 * @returns {import('@web/test-runner').Reporter}
 */
export function countReporter() {
  let summary = '';
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      let failed = 0;
      const fail = (title, error) => {
        failed += 1;
        console.error(`✗ ${title}\n  ${[error?.message, error?.stack].filter(Boolean).join('\n') || 'failed'}`);
      };
      for (const session of sessions) {
        for (const error of session.errors) fail(session.testFile, error);
        for (const { title, test } of testsOf(session.testResults)) {
          if (test.passed) passed += 1;
          // A skipped test proves nothing, so it counts as failed.
          else fail(title, test.skipped ? new Error('skipped') : test.error);
        }
      }
      summary = `${passed} passed, ${failed} failed`;
    },
    stop() {
      // On a line of its own, because the runner leaves the cursor behind escape codes.
      console.log(`\n${summary || '0 passed, 1 failed'}`);
    },
  };
}

function* testsOf(suite, path = '') {
  if (!suite) return;
  for (const test of suite.tests) yield { title: `${path}${test.name}`, test };
  for (const child of suite.suites) yield* testsOf(child, `${path}${child.name} › `);
}
