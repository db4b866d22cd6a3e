import { UserEmailTakenError, UsernameTakenError } from '#storage/app-users.ts';
import { ApiError } from '../api-error.ts';

/** Runs `write`. @throws ApiError 400 that says whether another user of the environment has the email address or the username */
export async function refusingTaken<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof UserEmailTakenError) {
      throw new ApiError(
        400,
        'email_taken',
        'Another user has this email address. Sign that user in, or use another address.',
        {
          cause,
        },
      );
    }
    if (cause instanceof UsernameTakenError) {
      throw new ApiError(
        400,
        'username_taken',
        'Another user has this username. Let the user choose another username.',
        {
          cause,
        },
      );
    }
    throw cause;
  }
}
