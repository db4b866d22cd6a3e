import { join } from 'node:path';
import { createDirectory } from './directory.ts';
import { readPeople } from './people.ts';

const { DIRECTORY_SECRET: secret, PEOPLE_FILE = join(import.meta.dirname, 'people.json'), PORT = '4300' } = process.env;
if (!secret) {
  console.error('Set DIRECTORY_SECRET, the same as the platform’s.');
  process.exit(1);
}
// On this machine alone. In front of it, on another one, something has to speak https.
createDirectory({ people: () => readPeople(PEOPLE_FILE), secret }).listen(Number(PORT), '127.0.0.1', () => {
  console.info(`The platform asks it with DIRECTORY_URL=http://localhost:${PORT}/`);
});
