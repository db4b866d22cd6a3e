import type { Strings } from './strings.ts';

export const words: Strings = {
  language: 'ja',
  signup: '{platform} で登録',
  signin: '{platform} でログイン',
  continue: '{platform} で続ける',
  known: '{name} として続行',
  required: '先にこのボタンを押してください。',
  failed: 'うまくいきませんでした。もう一度お試しください。',
  show: '開いているウィンドウを表示',
  restart: 'やり直す',
  again: '別のアカウントを使う',
  waiting: '開いたウィンドウで手続きを続けてください。',
  checking: '少々お待ちください…',
  completed: '完了しました。サイトと共有した情報：',
  code: '完了しました。',
  cancelled: 'キャンセルしました。何も共有されていません。',
  popup_blocked:
    'ブラウザーがウィンドウをブロックしました。このサイトのポップアップを許可してから、もう一度ボタンを押してください。',
  popup_unreachable:
    'ウィンドウからこのページに接続できませんでした。もう一度お試しいただくか、これを使わずにお続けください。',
  timed_out: '時間がかかりすぎました。ボタンを押してやり直してください。',
  misconfigured: '現在ご利用いただけません。',
  delivered: '完了しました。このウィンドウは閉じてもかまいません。',
  orphaned:
    '元のページはこの応答をもう待っていません。このウィンドウを閉じて元のページに戻り、もう一度ボタンを押してください。',
  name: '名前',
  email: 'メールアドレス',
  not_confirmed: '未確認',
  phone_number: '電話番号',
  address: '住所',
  locale: '言語',
};
