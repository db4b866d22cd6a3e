import { confirmPassword } from './auth/confirm.ts';
import { forgotPassword } from './auth/forgot-password.ts';
import { resetPassword } from './auth/reset-password.ts';
import { signIn } from './auth/sign-in.ts';
import { signOut } from './auth/sign-out.ts';
import { verifyEmail } from './auth/verify.ts';
import { listEvents } from './events/list-events.ts';
import type { ApiRoute } from './route.ts';
import { deleteMail, deleteMails } from './sandbox/delete-mails.ts';
import { getMail } from './sandbox/get-mail.ts';
import { listMails } from './sandbox/list-mails.ts';
import { getToken } from './tokens/get-token.ts';
import { createUser } from './users/create-user.ts';
import { deleteUser } from './users/delete-user.ts';
import { getUser } from './users/get-user.ts';
import { listUsers } from './users/list-users.ts';
import { updateUser } from './users/update-user.ts';

/** The calls of the user API. */
export const API_ROUTES: readonly ApiRoute[] = [
  createUser,
  listUsers,
  getUser,
  updateUser,
  deleteUser,
  signIn,
  signOut,
  confirmPassword,
  verifyEmail,
  forgotPassword,
  resetPassword,
  getToken,
  listEvents,
  listMails,
  getMail,
  deleteMail,
  deleteMails,
];
