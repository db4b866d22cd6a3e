import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { PROOF_PROBLEMS, proofFileUrl, proofRecordName } from '#domain/apps/domain-proof.ts';
import { alertBox, formFrame } from '#pages/forms.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { moment } from '#pages/time.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import type { DomainProof } from '#storage/domain-proofs.ts';
import { environmentPath } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { copyable } from '../shown-once.ts';

/** How each host that is not proven yet can be proven, step by step; nothing when all are. */
export function domainsCard(call: EnvironmentCall, mayEdit: boolean): unknown {
  const { t } = call.language;
  const open = call.environment.domains.filter(({ provenAt }) => provenAt === undefined);
  if (open.length === 0) return nothing;
  return html`<section class="card" id="domains">${cardHeader(t('vendor.domains.title'), t('vendor.domains.lead'))}
${open.map((domain, index) => domainSteps(call, domain, `domain-${index}`, mayEdit))}</section>`;
}

function domainSteps(call: EnvironmentCall, domain: DomainProof, id: string, mayEdit: boolean): unknown {
  const { t } = call.language;
  const { host, token } = domain;
  const value = (name: 'fileAddress' | 'fileContent' | 'recordName' | 'recordValue', text: string) => {
    const label = t(`vendor.domains.${name}`);
    return html`<p class="term">${label}</p>${copyable(call, { id: `${id}-${name}`, label, value: text })}`;
  };
  const check = formFrame(
    { action: `${environmentPath(call)}/domains/check`, csrf: call.csrf },
    html`<input type="hidden" name="host" value=${host}><button class="button primary">${t(
      'vendor.domains.check',
    )}<span class="hidden"> ${host}</span></button>`,
  );
  return html`<div class="stack" role="group" aria-labelledby=${id}><h3 id=${id}>${isolateLeftToRight(host)}</h3>
${finding(call, domain)}
<p>${t('vendor.domains.file')}</p><div class="stack tight">${value('fileAddress', proofFileUrl(host))}
${value('fileContent', token)}</div>
<p>${t('vendor.domains.record')}</p><div class="stack tight">${value('recordName', proofRecordName(host))}
${value('recordValue', token)}</div>
${mayEdit ? html`<div class="buttons">${check}</div>` : nothing}</div>`;
}

/** What we found the last time. */
function finding({ language }: EnvironmentCall, { checkedAt, problem: found }: DomainProof): unknown {
  const problem = PROOF_PROBLEMS.find((one) => one === found);
  if (checkedAt === undefined || problem === undefined) return nothing;
  return alertBox(
    language.t.rich(`vendor.domains.problems.${problem}`, { time: moment(new Date(checkedAt), language) }),
  );
}
