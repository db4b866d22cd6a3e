import { UserEmailTakenError, UsernameTakenError } from '#storage/app-users.ts';
import { ApiError } from '../api-error.ts';

/** Does `write`, and says which of the two it is that another user of this environment has. @throws ApiError 400 */
export async function refusingTaken<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof UserEmailTakenError) {
      throw new ApiError(
        400,
        'email_taken',
        'Another user has this e-mail address. Sign that one in, or use another.',
        {
          cause,
        },
      );
    }
    if (cause instanceof UsernameTakenError) {
      throw new ApiError(400, 'username_taken', 'Another user has this username. Let the user choose another.', {
        cause,
      });
    }
    throw cause;
  }
}
