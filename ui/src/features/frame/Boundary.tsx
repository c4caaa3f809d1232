import { Component, type ReactNode } from "react";

import { asPlazaError, type PlazaError } from "../../api/errors";
import { ErrorState, Page } from "../../components";

interface BoundaryState {
  error: PlazaError | null;
}

/** Catches what no page caught: the window stays, says so and can go on. */
export class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null };

  static getDerivedStateFromError(thrown: unknown): BoundaryState {
    return { error: asPlazaError(thrown) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Page narrow>
        <ErrorState error={error} retry={() => this.setState({ error: null })} />
      </Page>
    );
  }
}
