import { readFileSync } from 'node:fs';
import { issuerOf, realmOf } from '@signup-with-platform/protocol';
import { CLIENT_PACKAGE, installCommand } from '#packages/install-command.ts';
import { isWebOrigin } from '#pages/uris.ts';
import { installedPath } from '../../../../process/installation.ts';
import type { SampleSubject } from './samples.ts';
import { fieldsAttribute } from './tag.ts';

/** Whole programs that verify a credential, each in the folder of its language. The tests run them (`npm run test:samples`). */
export const SAMPLES_DIRECTORY = installedPath('examples/backends/');

/** Names of the languages in addresses, and unique on the page. */
export type BackendId = 'node' | 'python' | 'django' | 'php' | 'go' | 'java';

/** How a program gets from the page to a running server. */
interface Recipe {
  id: BackendId;
  /** The programming language and the framework, as developers write them. */
  language: string;
  folder: string;
  /** In the folder, and in that of the vendor. */
  files: readonly [string, ...string[]];
  commands: string;
  /** Whether it reads `SESSION_SECRET`, a text of the vendor's own, from the environment. It works without. */
  hasSessionSecret: boolean;
}

export interface SampleFile {
  /** Where to save it, in a new folder. */
  name: string;
  code: string;
}

/** A program for the vendor's backend, filled in with everything but the secrets. */
export interface BackendSample extends Omit<Recipe, 'folder' | 'files'> {
  files: readonly SampleFile[];
}

/** What the programs are filled in with. */
export interface BackendSubject extends SampleSubject {
  /** Where the vendor's page is. */
  origin: string;
}

/** In the order of the page. */
const RECIPES: readonly [Recipe, ...Recipe[]] = [
  {
    id: 'node',
    language: 'Node',
    folder: 'node',
    files: ['server.mjs'],
    commands: `INSTALL_CLIENT
npm install express express-session
node server.mjs`,
    hasSessionSecret: true,
  },
  {
    id: 'python',
    language: 'Python (Flask)',
    folder: 'python',
    files: ['app.py'],
    commands: `python3 -m venv .venv
.venv/bin/pip install Flask Flask-Session cachelib "PyJWT[crypto]>=2.15"
.venv/bin/flask run --host localhost --port 3000`,
    hasSessionSecret: false,
  },
  {
    id: 'django',
    language: 'Python (Django)',
    folder: 'python',
    files: ['shop.py'],
    commands: `python3 -m venv .venv
.venv/bin/pip install Django "PyJWT[crypto]>=2.15"
.venv/bin/python shop.py runserver localhost:3000`,
    hasSessionSecret: true,
  },
  {
    id: 'php',
    language: 'PHP',
    folder: 'php',
    files: ['public/index.php'],
    commands: `composer require firebase/php-jwt guzzlehttp/guzzle symfony/cache
php -S localhost:3000 -t public public/index.php`,
    hasSessionSecret: false,
  },
  {
    id: 'go',
    language: 'Go',
    folder: 'go',
    files: ['main.go'],
    commands: `go mod init shop
go mod tidy
go run .`,
    hasSessionSecret: false,
  },
  {
    id: 'java',
    language: 'Java (Spring Boot)',
    folder: 'java',
    files: ['src/main/java/shop/Shop.java', 'pom.xml'],
    commands: 'mvn spring-boot:run',
    hasSessionSecret: false,
  },
];

/** What is replaced in the files and commands. Each stands for itself in the repository and in the documentation. */
const PLACEHOLDERS =
  /https:\/\/platform\.example(?:\/account|\/sandbox)?|(?:INSTALL|YOUR)_\w+| fields="name email"|(?:(?:http:\/\/)?localhost:|\b)3000\b/g;

/** The languages that there are programs in, in the order of the page. */
export const BACKENDS: readonly [Pick<Recipe, 'id' | 'language'>, ...Pick<Recipe, 'id' | 'language'>[]] = RECIPES;

/** All programs, as the page prints them. */
export function backendSamples(subject: BackendSubject): readonly BackendSample[] {
  return RECIPES.map((recipe) => filledRecipe(recipe, subject));
}

/** The program in one language. */
export function backendSample(id: BackendId, subject: BackendSubject): BackendSample {
  return filledRecipe(RECIPES.find((recipe) => recipe.id === id) ?? RECIPES[0], subject);
}

function filledRecipe({ folder, files, commands, ...recipe }: Recipe, subject: BackendSubject): BackendSample {
  return {
    ...recipe,
    commands: fillIn(commands, subject),
    files: files.map((name) => ({ name, code: filledSample(`${folder}/${name}`, subject) })),
  };
}

/** @param path of a file of {@link SAMPLES_DIRECTORY} */
export function filledSample(path: string, subject: BackendSubject): string {
  return fillIn(textOf(path), subject);
}

function fillIn(text: string, subject: BackendSubject): string {
  const values = valuesOf(subject);
  return text.replaceAll(PLACEHOLDERS, (placeholder) => values[placeholder] ?? placeholder);
}

function valuesOf(subject: BackendSubject): Readonly<Record<string, string>> {
  const { publicUrl, clientId, environment, keysUrl } = subject;
  // Whoever copies a program trusts it, and an origin is what any developer of the app has written.
  const origin = isWebOrigin(subject.origin) ? subject.origin : 'http://localhost:3000';
  const { protocol, hostname, port } = new URL(origin);
  // What is served by https has a proxy in front, which chooses no port for the program.
  const local = protocol === 'http:' ? { hostname, port: port || '80' } : { hostname: 'localhost', port: '3000' };
  const fields = fieldsAttribute(subject);
  return {
    'https://platform.example/account': keysUrl,
    'https://platform.example/sandbox': issuerOf(publicUrl, realmOf(environment)),
    'https://platform.example': publicUrl,
    // By its address, because what is not on npm cannot be installed by its name.
    INSTALL_CLIENT: installCommand(publicUrl, CLIENT_PACKAGE),
    YOUR_CLIENT_ID: clientId,
    YOUR_ENVIRONMENT: environment,
    ' fields="name email"': fields && ` ${fields}`,
    'http://localhost:3000': origin,
    'localhost:3000': `${local.hostname}:${local.port}`,
    3000: local.port,
  };
}

const texts = new Map<string, string>();
/** Read once, because they do not change while the server runs. */
function textOf(path: string): string {
  const text = texts.get(path) ?? readFileSync(SAMPLES_DIRECTORY + path, 'utf8').trimEnd();
  texts.set(path, text);
  return text;
}
