import type { ThemeConfig } from "antd";

/** The colours of the product, by the names of the design. Everything else refers to them as `var(--ink)` and so on. */
export const tokens = {
  paper: "#F6F4EE",
  card: "#FFFFFF",
  line: "#E7E3D8",
  ink: "#1B2420",
  ink2: "#55605B",
  ink3: "#6B756F",
  pine: "#0F6B4F",
  "pine-deep": "#0B5640",
  "pine-tint": "#E5F0EA",
  rice: "#8A5A0B",
  "rice-tint": "#FBF1DC",
  seal: "#B3261E",
  "seal-tint": "#FBE9E7",
  indigo: "#1F5FBF",
  "indigo-tint": "#E8F0FB",
  control: "#8C958F",
} as const;

/** Written through the style object, which a strict style policy allows. */
export function paint(root: HTMLElement): void {
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(`--${name}`, value);
}

export const theme: ThemeConfig = {
  token: {
    colorPrimary: tokens.pine,
    colorLink: tokens.pine,
    colorInfo: tokens.indigo,
    colorWarning: tokens.rice,
    colorError: tokens.seal,
    colorSuccess: tokens.pine,
    colorInfoBg: tokens["indigo-tint"],
    colorWarningBg: tokens["rice-tint"],
    colorErrorBg: tokens["seal-tint"],
    colorSuccessBg: tokens["pine-tint"],
    colorText: tokens.ink,
    colorTextSecondary: tokens.ink2,
    colorTextTertiary: tokens.ink3,
    colorTextDescription: tokens.ink2,
    colorTextPlaceholder: tokens.ink3,
    colorBorder: tokens.control,
    colorBorderSecondary: tokens.line,
    colorBgLayout: tokens.paper,
    borderRadius: 8,
    fontSize: 15,
    controlHeight: 40,
    boxShadow: "none",
    motion: false,
  },
  components: {
    Table: { headerBg: tokens.paper, headerColor: tokens.ink2, cellPaddingBlock: 12 },
    Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
  },
};
