"""Speed beside a yardstick: what PROMISES says of S1, S3, S4, S6, S7 and S8, measured on real processes."""
