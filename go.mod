module example.com/errgroup-workshop

go 1.26.0

require go.uber.org/goleak v1.3.0

require golang.org/x/sync v0.24.0

tool example.com/errgroup-workshop/internal/workshop
