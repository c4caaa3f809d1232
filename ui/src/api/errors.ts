import type { ApiError, FieldError } from "./bindings";

/** What a command answered when it could not do what was asked. */
export class PlazaError extends Error {
  override readonly name = "PlazaError";
  readonly api: ApiError;

  constructor(api: ApiError) {
    super(api.message);
    this.api = api;
  }

  get code(): ApiError["code"] {
    return this.api.code;
  }

  /** Fields that cannot be what was asked. */
  get fields(): FieldError[] {
    return this.api.code === "invalid" ? this.api.fields : [];
  }

  /** The words for one field, if it was refused. */
  field(name: string): string | undefined {
    return this.fields.find((refused) => refused.field === name)?.words;
  }
}

/** Whether a command answered as its contract says; the window's own machinery answers with bare words. */
function isApiError(answer: unknown): answer is ApiError {
  return typeof answer === "object" && answer !== null && "code" in answer && "message" in answer;
}

/** A command's refusal as a PlazaError. */
export function refusal(answer: unknown): PlazaError {
  return isApiError(answer) ? new PlazaError(answer) : asPlazaError(answer);
}

/** Any thrown thing as a PlazaError: what did not come from a command is ours to mend, and says so. */
export function asPlazaError(thrown: unknown): PlazaError {
  if (thrown instanceof PlazaError) return thrown;
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return new PlazaError({ code: "internal", message: words, detail: null });
}
