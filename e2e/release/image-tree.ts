import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, posix } from 'node:path';
import { ROOT } from '../../scripts/run.ts';
import type { Stage, Step } from './dockerfile.ts';

const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** The user of the official images of Node. */
const NODE_USER_ID = 1000;

/** Where things are while the image is built and tried. */
export interface Places {
  /** On a file system of its own, because the machine's is the base that is written over. */
  readonly work: string;
  readonly node: string;
  /** The folder of the npm package. */
  readonly npm: string;
}

/**
 * A shell script that does what a Dockerfile says, without a container engine: each stage is this machine's file system with a layer over it
 * (overlayfs), into which its own COPY and RUN go. Run it with a mount namespace of its own (`unshare --mount`), as root.
 *
 * @param trial what to do with the finished image: shell functions `in_image` (as its user, in a read-only root) and `layer` (what the image
 *   adds) are there for it
 */
export function scriptOf(stages: readonly Stage[], places: Places, trial: string): string {
  const lines = ['set -euo pipefail', `work=${quote(places.work)}`];
  stages.forEach((stage, index) => void lines.push(...baseOf(index, places), ...stepsOf(stage, index, stages)));
  const last = stages.at(-1);
  const root = `"$work"/${stages.length - 1}/root`;
  const volumes = (last?.steps ?? []).flatMap((step) => (step.kind === 'volume' ? [step.path] : []));
  for (const volume of volumes) {
    lines.push(
      `mkdir -p "$work"/volume && cp -a ${root}${volume}/. "$work"/volume && chown --reference=${root}${volume} "$work"/volume`,
      `mount --bind "$work"/volume ${root}${volume}`,
    );
  }
  const { env, directory } = stateOf(last?.steps ?? []);
  lines.push(
    `mount -o remount,ro ${root}`,
    `layer="$work"/${stages.length - 1}/upper`,
    `in_image() { chroot --userspec=${NODE_USER_ID}:${NODE_USER_ID} ${root} /usr/bin/env -i ${env} "\${extra[@]}" /bin/sh -c 'cd ${directory} && exec "$@"' sh "$@"; }`,
    'extra=()',
    trial,
  );
  return lines.join('\n');
}

/** The base, which stands for the official image: this machine's, with one Node, npm, and the user. */
function baseOf(index: number, places: Places): string[] {
  const at = `"$work"/${index}`;
  return [
    `mkdir -p ${at}/upper ${at}/below ${at}/root`,
    `mount -t overlay overlay -o lowerdir=/,upperdir="$work/${index}/upper",workdir="$work/${index}/below" ${at}/root`,
    `mount --rbind /proc ${at}/root/proc && mount --rbind /dev ${at}/root/dev && mount -t tmpfs -o mode=1777 tmpfs ${at}/root/tmp`,
    ...withNode(`${at}/root`, places),
    `chroot ${at}/root sh -c 'id node >/dev/null 2>&1 || useradd --non-unique --uid ${NODE_USER_ID} --user-group --create-home node'`,
    // What the base has is not what the image adds.
    `du -sk ${at}/upper | cut -f1 > ${at}/base`,
  ];
}

/** Puts Node and npm where the official images have them. */
export function withNode(root: string, { node, npm }: Places): string[] {
  return [
    `mkdir -p ${root}/usr/local/lib/node_modules && cp -rL ${quote(npm)} ${root}/usr/local/lib/node_modules/`,
    `cp ${quote(node)} ${root}/usr/local/bin/node`,
    `ln -sf ../lib/node_modules/npm/bin/npm-cli.js ${root}/usr/local/bin/npm`,
  ];
}

/** The folder of the npm that is on the PATH. */
export function npmPackageOf(): string {
  const program = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((path) => join(path, 'npm'))
    .find(existsSync);
  if (!program) throw new Error('npm is not on the PATH.');
  return dirname(dirname(realpathSync(program)));
}

function stepsOf({ steps }: Stage, index: number, stages: readonly Stage[]): string[] {
  const root = `"$work"/${index}/root`;
  return steps.flatMap((step, at) => {
    const { env, directory } = stateOf(steps.slice(0, at));
    switch (step.kind) {
      case 'workdir':
        return [`mkdir -p ${root}${posix.resolve(directory, step.path)}`];
      case 'run':
        return [
          `chroot ${root} /usr/bin/env -i ${env} ${assignments(networkSettings())} /bin/sh -c ${quote(`cd ${directory} && ${step.command}`)}`,
        ];
      case 'copy': {
        const target = `${root}${posix.resolve(directory, step.target)}`;
        if (step.from === undefined)
          return [
            `git -C ${quote(ROOT)} ls-files -z --cached --others --exclude-standard | tar -C ${quote(ROOT)} --null --ignore-failed-read -T - -c | tar -C ${target} -x --no-same-owner`,
          ];
        const from = stages.findIndex(({ name }) => name === step.from);
        return [`cp -a "$work"/${from}/root${step.source}/. ${target}/`];
      }
      default:
        return [];
    }
  });
}

/** What ENV and WORKDIR said so far. */
function stateOf(steps: readonly Step[]): { env: string; directory: string } {
  const env: Record<string, string> = { PATH: SEARCH_PATH, HOME: '/root' };
  let directory = '/';
  for (const step of steps) {
    if (step.kind === 'env') Object.assign(env, step.values);
    if (step.kind === 'workdir') directory = posix.resolve(directory, step.path);
  }
  return { env: assignments(env), directory };
}

/** How this machine reaches the registries is its own affair. */
export function networkSettings(): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => /^(npm_config_|node_extra_ca|https?_proxy)/i.test(name));
  return Object.fromEntries(own.map(([name, value]) => [name, value ?? '']));
}

const assignments = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => quote(`${name}=${value}`))
    .join(' ');

/** A word of the shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether this machine lets the test build an image's file tree: Linux, as root, with overlayfs. */
export function canBuildImageTree(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}
