import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";

import styles from "./Button.module.css";
import { classes } from "./classes";

type Look = "plain" | "primary" | "quiet";

interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  look?: Look;
  /** Only an icon stands in it; give it an `aria-label`. */
  icon?: boolean;
  children: ReactNode;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button. One primary button at most on a page. */
export function Button({ look = "plain", icon = false, className, ...rest }: ButtonProps): ReactNode {
  return (
    <AriaButton
      {...rest}
      className={classes(
        styles.button,
        look === "primary" && styles.primary,
        look === "quiet" && styles.quiet,
        icon && styles.icon,
        className,
      )}
    />
  );
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  look?: Look;
  ref?: Ref<HTMLAnchorElement>;
}

function Anchor({ look = "plain", className, ...rest }: AnchorProps): ReactNode {
  return (
    <a
      {...rest}
      className={classes(
        styles.button,
        look === "primary" && styles.primary,
        look === "quiet" && styles.quiet,
        className,
      )}
    />
  );
}

/** A link to a page that looks like a button. */
export const LinkButton = createLink(Anchor);
