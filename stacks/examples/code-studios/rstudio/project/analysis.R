library(data.table)

measurements <- data.table(group = rep(c("a", "b"), each = 50), value = c(rnorm(50), rnorm(50, mean = 1)))
print(measurements[, .(mean = mean(value), sd = sd(value)), by = group])
