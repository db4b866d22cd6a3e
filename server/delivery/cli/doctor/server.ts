import type { Config } from '#config.ts';
import { VERSION } from '#version.ts';
import { type Finding, notChecked, ok, problem, warning } from './finding.ts';
import type { Visit, VisitResult } from './visitor.ts';

/** Whether the public address leads to a server of this installation. */
export function judgeServer(visit: VisitResult, publicUrl: string): Finding {
  switch (visit.outcome) {
    case 'visited':
      return ok('server', `${publicUrl} leads to this installation.`);
    case 'unreached':
      return problem('server', `Nobody answers at ${publicUrl}: ${visit.code}.`, 'Start the platform and the proxy.');
    case 'strange':
      return visit.status === 404
        ? problem(
            'server',
            `${publicUrl} answers, but not as a server of this installation does.`,
            'The proxy leads elsewhere, the server is of an earlier version, or it has another database than this command: compare DATABASE_URL and DATA_DIR.',
          )
        : problem(
            'server',
            `${publicUrl} answers with status ${visit.status}.`,
            'With 502, 503 or 504, the proxy does not reach the server: compare HOST and PORT with the address that the proxy asks. See the server’s log.',
          );
  }
}

/** Settings of this command that differ from those of the server, which decide. */
export function judgeServerSettings({ report }: Visit, config: Config): Finding {
  const { settings } = report;
  const pairs: [name: string, here: unknown, there: unknown][] = [
    ['NODE_ENV', config.production ? 'production' : 'other', settings.production ? 'production' : 'other'],
    ['PUBLIC_URL', config.publicUrl, settings.publicUrl],
    ['TRUST_PROXY', (config.trustProxy ?? []).join(', '), settings.trustProxy.join(', ')],
    ['APP_REVIEW', config.reviewsApps ? 'required' : 'off', settings.reviewsApps ? 'required' : 'off'],
    ['KEEP_ALIVE_SECONDS', config.keepAliveMs / 1000, settings.keepAliveSeconds],
    ['SMTP_URL', config.smtpUrl ? 'set' : 'not set', settings.sendsMail ? 'set' : 'not set'],
    ['METRICS_TOKEN', config.metricsToken ? 'set' : 'not set', settings.hasMetricsToken ? 'set' : 'not set'],
    ['METRICS_PORT', config.metricsPort === undefined ? 'not set' : 'set', settings.hasMetricsPort ? 'set' : 'not set'],
    ...optional('DIRECTORY_URL', config.liveDirectory !== undefined, settings.asksDirectory),
    ...optional('HANDOVER_URL', config.handOver !== undefined, settings.takesHandOver),
  ];
  const different = pairs.filter(([, here, there]) => here !== there);
  return different.length === 0
    ? ok('server_settings', 'This command has the settings of the server.')
    : warning(
        'server_settings',
        `The server has other settings than this command: ${different.map(([name, here, there]) => `${name} is ${there || 'not set'} there, ${here || 'not set'} here`).join('; ')}.`,
        'Run this command with the environment of the server, or restart the server if you have changed it.',
      );
}

/** A setting that only a server of this version tells of. */
function optional(name: string, here: boolean, there: boolean | undefined): [string, string, string][] {
  const said = (isSet: boolean) => (isSet ? 'set' : 'not set');
  return there === undefined ? [] : [[name, said(here), said(there)]];
}

export function judgeVersion(visit: Visit | undefined): Finding {
  const own = `This is version ${VERSION} on Node ${process.version}`;
  if (!visit) return notChecked('version', `${own}. The version of the server is unknown.`);
  const { version, node } = visit.report;
  return version === VERSION
    ? ok(
        'version',
        `The server is version ${version} on Node ${node}. Whether there is a newer one, nobody is asked: see CHANGELOG.md of the releases.`,
      )
    : warning(
        'version',
        `${own}, and the server is version ${version}.`,
        'Restart the server, or run this command from the installation that the server runs from.',
      );
}

export function judgeReview(visit: Visit | undefined, config: Config): Finding {
  const reviews = visit?.report.settings.reviewsApps ?? config.reviewsApps;
  return reviews
    ? ok('app_review', 'Apps of vendors wait for your approval before they go live.')
    : warning(
        'app_review',
        'APP_REVIEW is off: whoever has an account can put the button on a page of theirs and ask your users for their details.',
        'Set APP_REVIEW=required, unless all vendors are your own.',
      );
}
