export type SampleId = 'node' | 'python' | 'django' | 'php' | 'go' | 'java';

const PYTHON_READER = { path: 'python/read_user.py', command: '.venv/bin/python read_user.py' };

/** The programs of the documentation that read a user, and how they are run. */
export const READERS: Readonly<Record<SampleId, { path: string; command: string }>> = {
  node: { path: 'node/read-user.mjs', command: 'node read-user.mjs' },
  python: PYTHON_READER,
  django: PYTHON_READER,
  php: { path: 'php/read-user.php', command: 'php read-user.php' },
  go: { path: 'go/read-user/main.go', command: 'go run ./read-user' },
  java: { path: 'java/ReadUser.java', command: 'java ReadUser.java' },
};
