import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Places, quote, withNode } from './image-tree.ts';

const SYSTEMD = '/lib/systemd/systemd';

/**
 * A shell script that boots a systemd of its own as process 1, over this machine's file system with a layer on it (overlayfs), and ends when the
 * trial has. Run it with namespaces of its own ({@link NAMESPACES}), as root. The network is the machine's.
 *
 * @param trial a script of bash in the folder `/trial`, whose output goes to `trial/output` of the folder `upper`
 * @param env of the trial
 */
export function bootScriptOf(places: Places, trial: string, env: Readonly<Record<string, string>>): string {
  const unit = `[Unit]
Wants=dbus.socket
After=dbus.socket
[Service]
Type=oneshot
WorkingDirectory=/trial
StandardOutput=file:/trial/output
StandardError=file:/trial/output
${Object.entries(env)
  .map(([name, value]) => `Environment="${name}=${value.replaceAll('%', '%%')}"`)
  .join('\n')}
ExecStart=/bin/bash /trial/trial.sh
ExecStopPost=/bin/systemctl exit 0
`;
  return [
    'set -euo pipefail',
    `work=${quote(places.work)}`,
    'root="$work"/root',
    'mkdir -p "$work"/upper "$work"/below "$root"',
    'mount -t overlay overlay -o lowerdir=/,upperdir="$work"/upper,workdir="$work"/below "$root"',
    'mount -t proc proc "$root"/proc && mount -t sysfs -o ro sysfs "$root"/sys && mount -t cgroup2 cgroup2 "$root"/sys/fs/cgroup',
    'mount -t tmpfs -o mode=755 tmpfs "$root"/run && mount -t tmpfs -o mode=1777 tmpfs "$root"/tmp',
    'mount -t tmpfs -o mode=755 tmpfs "$root"/dev && mkdir "$root"/dev/shm "$root"/dev/pts "$root"/dev/mqueue && ln -s /proc/self/fd "$root"/dev/fd',
    'mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root"/dev/pts && ln -s pts/ptmx "$root"/dev/ptmx',
    'for device in null zero full random urandom tty; do cp -a /dev/"$device" "$root"/dev/; done',
    ...withNode('"$root"', places),
    'mkdir "$root"/trial && cp -r "$work"/files/. "$root"/trial/',
    `printf %s ${quote(unit)} > "$root"/etc/systemd/system/trial.service`,
    `printf %s ${quote(trial)} > "$root"/trial/trial.sh`,
    `exec env -i container=trial PATH="$PATH" chroot "$root" ${SYSTEMD} --system --unit=trial.service --log-target=null --show-status=0`,
  ].join('\n');
}

export const NAMESPACES = ['--mount', '--pid', '--fork', '--cgroup', '--uts', '--ipc', '--kill-child'] as const;

/** Whether this machine lets the test boot a systemd: Linux, as root, with systemd and D-Bus installed, and with cgroups of the second version. */
export function canBootSystemd(): boolean {
  if (!['/usr/bin/systemd-run', '/usr/bin/dbus-daemon', SYSTEMD].every((path) => existsSync(path))) return false;
  const trial = 'at=$(mktemp -d) && mount -t cgroup2 cgroup2 "$at"';
  try {
    execFileSync('unshare', ['--mount', 'sh', '-c', trial], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}
