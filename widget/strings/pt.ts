import type { Strings } from './strings.ts';

/** As in Brazil, which is what `pt` alone means (CLDR, likely subtags). */
export const words: Strings = {
  language: 'pt',
  signup: 'Inscrever-se com {platform}',
  signin: 'Fazer login com {platform}',
  continue: 'Continuar com {platform}',
  known: 'Continuar como {name}',
  required: 'Use este botão primeiro.',
  failed: 'Não deu certo. Tente de novo.',
  show: 'Mostrar a janela aberta',
  restart: 'Começar de novo',
  again: 'Usar outra conta',
  waiting: 'Continue na janela que acabou de abrir.',
  checking: 'Um momento…',
  completed: 'Pronto. Você compartilhou isto com o site:',
  code: 'Pronto.',
  cancelled: 'Cancelado. Nada foi compartilhado.',
  popup_blocked: 'Seu navegador bloqueou a janela. Permita pop-ups neste site e pressione o botão de novo.',
  popup_unreachable: 'A janela não conseguiu acessar esta página. Tente de novo ou continue sem ela.',
  timed_out: 'Demorou demais. Pressione o botão para começar de novo.',
  misconfigured: 'Isto não está disponível no momento.',
  delivered: 'Pronto. Você pode fechar esta janela.',
  orphaned:
    'A página de onde você veio não espera mais esta resposta. Feche esta janela, volte para lá e pressione o botão de novo.',
  name: 'Nome',
  email: 'E-mail',
  not_confirmed: 'não confirmado',
  phone_number: 'Telefone',
  address: 'Endereço',
  locale: 'Idioma',
};
